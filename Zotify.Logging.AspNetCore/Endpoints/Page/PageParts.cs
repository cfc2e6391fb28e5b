namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>The parts that an application has besides the endpoints of the logs, for the page to show.</summary>
[Flags]
internal enum PageParts
{
    /// <summary>None: the application itself decides who may read.</summary>
    None = 0,

    /// <summary>Sessions that the page opens with a key, and closes.</summary>
    SignIn = 1,

    /// <summary>The reference of the API.</summary>
    Reference = 2,

    /// <summary>The sample work.</summary>
    Sample = 4,
}
