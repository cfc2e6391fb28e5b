namespace Zotify.Logging.Capture;

/// <summary>A named value of a call: as the application passed it and as the record has it.</summary>
/// <param name="Name">The name, without lone surrogates.</param>
/// <param name="Value">The value itself. May be read within the call only.</param>
/// <param name="Taken">Its snapshot.</param>
/// <param name="Shown">
/// The text that replaces it in a message, where the message must not show the value or all of it; otherwise <see langword="null"/>.
/// </param>
internal readonly record struct LoggedValue(string Name, object? Value, object? Taken = null, string? Shown = null);
