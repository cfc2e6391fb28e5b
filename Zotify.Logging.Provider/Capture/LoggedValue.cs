namespace Zotify.Logging.Capture;

/// <summary>A named value of a call, both as the application gave it and as the record keeps it.</summary>
/// <param name="Name">The name, without lone surrogates.</param>
/// <param name="Value">The value itself. Only to be looked at inside the call.</param>
/// <param name="Taken">Its snapshot.</param>
/// <param name="Shown">What stands for it in a message, where that must not show the value itself or all of it; else <see
/// langword="null"/>.</param>
internal readonly record struct LoggedValue(string Name, object? Value, object? Taken = null, string? Shown = null);
