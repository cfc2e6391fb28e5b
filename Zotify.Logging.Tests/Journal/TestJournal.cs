using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Tests.Journal;

/// <summary>A journal in a folder of its own, of lines with a number and a text; deleted at the end.</summary>
internal sealed class TestJournal : IDisposable
{
    public const string FileName = "audit.log.json";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zotify-journal-");

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 15, 6, 10, TimeSpan.Zero));

    public List<string> Reports { get; } = [];

    public List<HashKey> Keys { get; } = [];

    public long MaxFileSize { get; set; } = long.MaxValue;

    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(1);

    public string Path => PathOf(FileName);

    /// <summary>The names of the segments, oldest first.</summary>
    public string[] Segments => [.. _folder.GetFiles("audit.log*.json").Select(file => file.Name).OrderBy(name => name == FileName).ThenBy(name => name, StringComparer.Ordinal)];

    /// <summary>All lines of all segments.</summary>
    public string[] Lines => [.. Segments.SelectMany(name => File.ReadAllLines(PathOf(name)))];

    public string PathOf(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public JournalWriter Open(Func<string, IJournalFile>? open = null) => JournalWriter.Open(
        new JournalOptions(_folder.FullName, FileName)
        {
            Chained = true,
            MaxFileSize = () => MaxFileSize,
            FlushInterval = () => FlushInterval,
            HashKeys = () => Keys,
            Report = (message, _) => { lock (Reports) Reports.Add(message); },
        },
        Time,
        open);

    /// <summary>Opens, appends a line for every text in a batch of its own, and closes.</summary>
    public void Write(params string[] texts)
    {
        using var writer = Open();
        foreach (var text in texts) writer.Append([text], new Format());
    }

    /// <summary>The numbers of all lines.</summary>
    public long[] Numbers() => [.. Lines.Select(line => JsonElement.Parse(line).GetProperty("seq").GetInt64())];

    /// <summary>Computes the chain again, from the bytes of the files alone, as DESIGN.md has it.</summary>
    public void AssertChained(Func<string?, byte[]?>? keyOf = null)
    {
        var previous = new byte[32];
        foreach (var line in Lines)
        {
            var at = line.LastIndexOf(",\"hash\"", StringComparison.Ordinal);
            var keyId = JsonElement.Parse(line).TryGetProperty("key_id", out var id) ? id.GetString() : null;
            byte[] input = [.. previous, .. Encoding.UTF8.GetBytes(line[..at])];
            previous = keyOf?.Invoke(keyId) is { } key ? HMACSHA256.HashData(key, input) : SHA256.HashData(input);
            Assert.AreEqual($",\"hash\":\"{Base64Url.EncodeToString(previous)}\"}}", line[at..]);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A text as a line.</summary>
    public sealed class Format : IJournalFormat<string>
    {
        public void Write(string record, long seq, IBufferWriter<byte> output) =>
            output.Write(Encoding.UTF8.GetBytes($"{{\"text\":{JsonSerializer.Serialize(record)},\"seq\":{seq}}}"));
    }
}
