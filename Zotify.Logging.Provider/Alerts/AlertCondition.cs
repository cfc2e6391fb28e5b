namespace Zotify.Logging.Alerts;

/// <summary>A condition of the logging itself, as it was seen.</summary>
/// <param name="Name">The name of the built-in alert.</param>
/// <param name="Subject">What it is about, where there are several; each is told by itself.</param>
/// <param name="Fault">What is wrong, in a form that stays the same while it is the same; <see langword="null"/> where nothing is.</param>
/// <param name="Message">What is wrong, for people.</param>
internal sealed record AlertCondition(string Name, string Subject, string? Fault, string Message)
{
    /// <summary>Whether other instances tell it as well. Then its message has the same id everywhere, so that a receiver drops the others.</summary>
    public bool IsShared { get; init; }

    /// <summary>Further facts of the message.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; } = [];
}
