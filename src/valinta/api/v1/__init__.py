"""Version 1 of the API. What is here stays as it is; a change that breaks a sender is version 2."""
