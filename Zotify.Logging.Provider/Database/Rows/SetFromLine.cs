using System.Text.Json;

namespace Zotify.Logging.Database;

/// <summary>Sets a value of a row from a line's field. Returns false where the field is unusual. Throws what the reader throws.</summary>
/// <param name="row">The row.</param>
/// <param name="json">The reader, at the field's value. Afterwards it is at the value's end.</param>
/// <param name="line">The line.</param>
/// <param name="last">The last text of the column.</param>
internal delegate bool SetFromLine<TRow>(TRow row, ref Utf8JsonReader json, ReadOnlySpan<byte> line, RepeatedText last);
