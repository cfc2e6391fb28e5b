namespace Zotify.Logging.Shipping;

/// <summary>What a failure to send means.</summary>
internal enum TargetFault
{
    /// <summary>It may pass by itself.</summary>
    Temporary,

    /// <summary>It lasts until somebody acts, such as a wrong key.</summary>
    Permanent,

    /// <summary>The target does not take these lines: they are too many, or one of them is not valid for it.</summary>
    Refused,
}
