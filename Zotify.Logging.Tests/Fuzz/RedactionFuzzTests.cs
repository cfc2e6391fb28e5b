using System.Buffers;
using System.Globalization;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Capture;
using Zotify.Logging.Formats;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Fuzz;

[TestClass]
public sealed class RedactionFuzzTests
{
    private const string Secret = "5ecret-5ecret";

    private static readonly Gen<string> SecretName = Gen.OneOf(
        "password", "Password", "PASS_WORD", "access_token", "accessToken", "x-access-token");

    // In a dictionary it may be beyond the items or the depth that a snapshot has.
    private static readonly Gen<object?> Nested = Gen.Select(SecretName, Gen.Int[0, 150], Gen.Int[0, 6], object? (name, before, depth) =>
    {
        object? value = Enumerable.Range(0, before)
            .Select(i => KeyValuePair.Create($"header{i}", "x")).Append(KeyValuePair.Create(name, Secret)).ToDictionary();
        for (var i = 0; i < depth; i++) value = new[] { value };
        return value;
    });

    private static readonly Gen<KeyValuePair<string, object?>> Hidden = Gen.OneOf(
        Gen.Select(SecretName, name => KeyValuePair.Create(name, (object?)Secret)),
        Gen.Select(Nested, value => KeyValuePair.Create("headers", value)));

    private static readonly Gen<KeyValuePair<string, object?>[]> State = Gen.Select(
        Gen.Frequency((10, Gen.Int[0, 5]), (1, Gen.Int[100, 200])).SelectMany(count => Values.Any.Array[count]),
        Hidden,
        Gen.Int[0, 200],
        (values, hidden, at) =>
        {
            var named = values.Select((value, i) => KeyValuePair.Create($"value{i}", value)).ToArray();
            return named.Append(hidden)
                .OrderBy(
                    value => value.Key == hidden.Key ? at : int.Parse(value.Key["value".Length..], CultureInfo.InvariantCulture)).ToArray();
        });

    [TestMethod]
    public void No_redacted_value_of_a_template_is_in_a_line() => State.Sample(
        values => AssertHidden(
            logger => logger.LogInformation(
                string.Join(' ', values.Select(value => $"{{{value.Key}}}")), [.. values.Select(value => value.Value)])),
        iter: 300 * TestScale.Factor);

    [TestMethod]
    public void No_redacted_value_of_a_state_or_a_scope_is_in_a_line() => State.Sample(
        values => AssertHidden(logger =>
        {
            using var scope = logger.BeginScope(values);
            logger.Log(
                LogLevel.Information,
                default,
                values,
                null,
                static (state, _) => state.FirstOrDefault(value => value.Value as string == Secret).Value as string ?? "");
        }),
        iter: 300 * TestScale.Factor);

    private static void AssertHidden(Action<ILogger> log)
    {
        var logger = new Capturing();
        log(logger);
        var output = new ArrayBufferWriter<byte>();
        new SystemLineFormat().Write(logger.Record!, output);
        new AuditLineFormat("m/app").Write(logger.Record!, 1, output);
        new JobLineFormat("m/app", () => "job_id").Write(logger.Record!, 1, output);
        Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
    }

    private sealed class Capturing : ILogger
    {
        private readonly LoggerExternalScopeProvider _scopes = new();

        public LogRecord? Record { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => _scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            new RecordSnapshot(TimeProvider.System, _scopes, new Redactor(["password", "token"]))
                .Take("Fuzz", logLevel, eventId, state, exception, formatter, LogParts.All, mayDefer: true, out var record);
            Record = new LogRecord(record);
        }
    }
}
