namespace Zotify.Logging.Web.Security;

/// <summary>The program would listen beyond this machine, and nobody is configured who may read.</summary>
internal sealed class AccessNotConfiguredException(string address)
    : Exception($"{AccessOptions.Section}:{nameof(AccessOptions.ApiKeys)}: no key is configured, and '{address}' can be reached from other machines. "
        + "Make a key with 'key new --name <name> --scopes <scopes>' and configure it, or listen on http://localhost:5080.");
