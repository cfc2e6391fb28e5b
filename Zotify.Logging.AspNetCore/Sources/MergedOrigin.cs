namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Where an item of the merged stream is from.</summary>
/// <param name="Source">The number of its source.</param>
/// <param name="Name">The name of its source.</param>
/// <param name="Cursor">The source's own cursor after it.</param>
/// <param name="Time">Its time.</param>
internal readonly record struct MergedOrigin(int Source, string Name, string Cursor, DateTimeOffset Time);
