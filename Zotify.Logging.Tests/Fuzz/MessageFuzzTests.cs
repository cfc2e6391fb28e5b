using System.Globalization;
using System.Numerics;
using CsCheck;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Capture;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Tests.Fuzz;

/// <summary>A message next to a secret reads exactly as it would without.</summary>
[TestClass]
public sealed class MessageFuzzTests
{
    // As long as its replacement, so that alignment makes no difference.
    private const string Secret = "\u2603ecret-78\u2603";

    private static readonly RecordSnapshot Snapshot =
        new(TimeProvider.System, new LoggerExternalScopeProvider(), new Redactor(["password", "token"]));

    private static readonly CultureInfo[] Cultures =
        [CultureInfo.InvariantCulture, .. new[] { "de-DE", "ar-SA", "tr-TR", "fr-FR" }.Select(CultureInfo.GetCultureInfo)];

    private static readonly Gen<object?> Value = Gen.OneOf(
        Values.Any,
        Gen.OneOf(DayOfWeek.Monday, (DayOfWeek)42).Select(value => (object?)value),
        Gen.Long.Select(value => (object?)new BigInteger(value)),
        Gen.Long.Select(value => (object?)(Int128)value),
        Gen.Float.Select(value => (object?)(Half)value),
        Gen.Byte.Array[0, 5].Select(value => (object?)value),
        Gen.Int.Select(value => (object?)new Version(Math.Abs(value % 10), 1)),
        Gen.Const((object?)new Uri("http://localhost/a?b=c")));

    private static readonly Gen<string> Layout = Gen.OneOf(
        "", "", "", ",8", ",-8", ",25", ":N0", ":F3", ":D", ":X", ":O", ":g", ",12:E2", ",-20:R", ":HH:mm", ":0.00", ": ");

    private static readonly Gen<string> OpenName = Gen.OneOf("Path", "User", "path", "0", "a b", "@Order", "Größe");
    private static readonly Gen<string> SecretName = Gen.OneOf("Token", "password", " password ", "@access_token", "API-Token");

    private static readonly Gen<(string Text, string Name, object? Value)> Hole = Gen.Frequency(
        (4, Gen.Select(OpenName, Layout, Value, (name, layout, value) => ($"{{{name}{layout}}}", name, value))),
        (2, Gen.Select(SecretName, Layout, (name, layout) => ($"{{{name}{layout}}}", name, (object?)Secret))));

    private static readonly Gen<string> Literal = Gen.OneOf("", " ", " to ", "{{", "}}", "{{x}}", "\n", "Name: ", "🎵", "%", "\\", "a:b,c");

    private static readonly Gen<((string Text, string Name, object? Value)[] Holes, string[] Literals, int Culture, int Kind)> Calls =
        Gen.Select(Hole.Array[1, 5], Literal.Array[6], Gen.Int[0, Cultures.Length - 1], Gen.Int[0, 3]);

    /// <summary>One hundred thousand records, in the time of every run.</summary>
    [TestMethod]
    public void A_message_is_the_formatters_with_the_secrets_replaced() => Calls.Sample(
        call =>
        {
            var template = string.Concat(call.Holes.Select((hole, i) => call.Literals[i] + hole.Text)) + call.Literals[5];
            object?[] values = [.. call.Holes.Select(hole => hole.Value)];
            var culture = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = Cultures[call.Culture];
            try
            {
                var logger = new Comparing();
                if (call.Kind == 0) Define(template, values)(logger);
#pragma warning disable CA2254 // The template is what varies.
                else if (call.Kind < 3) logger.LogInformation(template, values);
#pragma warning restore CA2254
                else LogAsGenerated(logger, template, call.Holes);
            }
            finally
            {
                CultureInfo.CurrentCulture = culture;
            }
        },
        iter: 100_000);

    /// <summary>A call of LoggerMessage.Define, if it has no more values than that allows.</summary>
    private static Action<ILogger> Define(string template, object?[] values) => values switch
    {
        [var a] => logger => LoggerMessage.Define<object?>(LogLevel.Information, default, template)(logger, a, null),
        [var a, var b] => logger => LoggerMessage.Define<object?, object?>(LogLevel.Information, default, template)(logger, a, b, null),
#pragma warning disable CA2254
        _ => logger => logger.LogInformation(template, values),
#pragma warning restore CA2254
    };

    /// <summary>
    /// As a source generator writes it: its own state, formatted in the culture of the thread, with differently spelled names.
    /// </summary>
    private static void LogAsGenerated(Comparing logger, string template, (string Text, string Name, object? Value)[] holes)
    {
        var named = holes.DistinctBy(hole => hole.Name).ToArray();
        var properties = named.Select(hole => new Pair(hole.Name.Trim().ToLowerInvariant(), hole.Value));
        Pair[] state = [.. properties, new("{OriginalFormat}", template)];
        LoggedValue[] values = [.. holes.Select(hole => new LoggedValue(hole.Name, named.First(first => first.Name == hole.Name).Value))];
        if (state.DistinctBy(value => value.Key).Count() < state.Length) return;
        var text = TemplateRenderer.Render(template, values, CultureInfo.CurrentCulture, showsAll: true);
        logger.Log(LogLevel.Information, default, state, null, (_, _) => text);
    }

    private sealed class Comparing : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string expected;
            try
            {
                expected = formatter(state, exception);
            }
            catch (Exception)
            {
                // No text to compare with: the value does not have this format, or the culture's calendar does not have this time.
                return;
            }

            Snapshot.Take("Fuzz", logLevel, eventId, state, exception, formatter, LogParts.Message, mayDefer: true, out var record);
            Assert.AreEqual(Expected.Text(expected.Replace(Secret, "[REDACTED]", StringComparison.Ordinal)), record.Message);
        }
    }
}
