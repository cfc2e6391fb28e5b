namespace Zotify.Logging;

/// <summary>The parts of a log call that are costly to capture. Level, category, event id, time and trace are always captured.</summary>
[Flags]
public enum LogParts
{
    /// <summary>Nothing beyond what is always captured.</summary>
    None = 0,

    /// <summary>The rendered message.</summary>
    Message = 1,

    /// <summary>The call's own properties.</summary>
    Properties = 2,

    /// <summary>The values of the scopes around the call.</summary>
    Scope = 4,

    /// <summary>The exception's text.</summary>
    Exception = 8,

    /// <summary>Everything.</summary>
    All = Message | Properties | Scope | Exception,
}
