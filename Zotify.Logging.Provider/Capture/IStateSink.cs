namespace Zotify.Logging.Capture;

/// <summary>Receives what <see cref="StateValues"/> reads.</summary>
internal interface IStateSink
{
    /// <summary>A named value.</summary>
    void Add(string name, object? value);

    /// <summary>The message template.</summary>
    void Template(string? template);

    /// <summary>A readable marker for the exception that the state threw. Only the template may follow.</summary>
    void Failed(string error);
}
