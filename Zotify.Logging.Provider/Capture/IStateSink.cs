namespace Zotify.Logging.Capture;

/// <summary>Takes what <see cref="StateValues"/> reads.</summary>
internal interface IStateSink
{
    /// <summary>A named value.</summary>
    void Add(string name, object? value);

    /// <summary>The message template.</summary>
    void Template(string? template);

    /// <summary>What the state threw, as a readable mark: nothing follows but the template.</summary>
    void Failed(string error);
}
