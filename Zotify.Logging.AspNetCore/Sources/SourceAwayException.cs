namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>A source cannot be read now. The message says why, for users.</summary>
internal sealed class SourceAwayException(string reason, Exception? inner = null) : Exception(reason, inner);
