namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>What an application has beside the endpoints of the logs, for the page to show.</summary>
[Flags]
internal enum PageParts
{
    /// <summary>Nothing: who reads is the application's own matter.</summary>
    None = 0,

    /// <summary>Sessions that the page opens by a key, and closes.</summary>
    SignIn = 1,

    /// <summary>The reference of the API.</summary>
    Reference = 2,

    /// <summary>The sample work.</summary>
    Sample = 4,
}
