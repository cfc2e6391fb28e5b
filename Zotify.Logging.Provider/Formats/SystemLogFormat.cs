namespace Zotify.Logging.Handlers;

/// <summary>How a record is written in the system log. Queries read both, also mixed in one directory.</summary>
public enum SystemLogFormat
{
    /// <summary>
    /// A line of text: time, level, trace, category, event and message. The lines of an exception follow, each after a tab.
    /// </summary>
    Text,

    /// <summary>
    /// A line with a JSON object: the same facts, and span, job, properties, scope and instance. A call costs more, because all of that is
    /// captured.
    /// </summary>
    Json,
}
