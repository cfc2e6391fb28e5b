using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>
/// Sends valid and invalid parameters, headers and bodies to every operation of the API description. It draws a few values of each; at full
/// size, all.
/// </summary>
[TestClass]
public sealed class FuzzTests
{
    private const int Seed = 17;
    private const int ValuesOfEach = 5;
    private const int MutantsOfEach = 15;
    private static readonly string[] Parts = ["/api/logs/audit", "/api/logs/jobs", "/api/logs/system"];

    private readonly Random _random = new(Seed);
    private int _requests;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    [DataRow("/api/logs/audit")]
    [DataRow("/api/logs/jobs")]
    [DataRow("/api/logs/system")]
    [DataRow("")]
    public async Task Nothing_that_is_sent_makes_a_fault_of_ours_and_what_is_refused_is_named(string part)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        for (var i = 0; i < 20; i++)
            server.Logger("Tests").LogInformation(new EventId(1, "user.test"), "Event {Number} of {job_id}", i, "sync-0198c7f3");
        await server.FlushAsync(Cancellation);
        using var client = server.Client();
        foreach (var operation in ApiDescription.Operations((await ApiDescription.ReadAsync(server, Cancellation)).Document!))
        {
            if (PartOf(operation) != part) continue;
            foreach (var parameter in operation.Parameters)
            {
                foreach (var value in Drawn(ValuesOf(parameter)).Concat(Mutants(parameter)))
                    await SendAsync(client, operation, Request(server, operation, parameter, value), NameOf(parameter), value);
            }

            foreach (var _ in Enumerable.Range(0, ValuesOfEach * TestScale.Factor))
                await SendAsync(client, operation, Combined(server, operation), null, "combined");
            if (operation.Description.RequestBody is not null) await SendBodiesAsync(client, server, operation);
        }

        Assert.IsGreaterThan(20, server.Scalar("SELECT COUNT(*) FROM audit_events"));
        TestContext.WriteLine($"{_requests} requests");
    }

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task A_mutant_of_a_real_cursor_makes_no_fault_of_ours()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        for (var i = 0; i < 3; i++)
            server.Logger("Tests").LogInformation(new EventId(1, "user.test"), "Event {Number} of {job_id}", i, $"sync-{i}");
        await server.FlushAsync(Cancellation);
        using var client = server.Client();
        var cursors = await RealCursorsAsync(client);
        foreach (var operation in ApiDescription.Operations((await ApiDescription.ReadAsync(server, Cancellation)).Document!))
        {
            foreach (var parameter in operation.Parameters.Where(one => one.Name is "cursor" or "after" or "before" or "Last-Event-ID"))
            {
                foreach (var cursor in cursors.SelectMany(cursor => Mutants(cursor).Take(MutantsOfEach * TestScale.Factor).Append(cursor)))
                    await SendAsync(client, operation, Request(server, operation, parameter, cursor), parameter.Name!, cursor);
            }
        }

        TestContext.WriteLine($"{_requests} requests");
    }

    private static string PartOf(ApiOperation operation) =>
        Array.Find(Parts, part => operation.Path.StartsWith(part, StringComparison.Ordinal)) ?? "";

    /// <summary>A cursor of every kind.</summary>
    private async Task<string[]> RealCursorsAsync(HttpClient client)
    {
        async Task<string> FieldAsync(string path, string field) => JsonElement.Parse(
            (await client.GetStringAsync($"/api/logs/{path}", Cancellation)).Split('\n')[0]).GetProperty(field).GetString()!;
        client.DefaultRequestHeaders.Add("Accept", "application/x-ndjson, application/json;q=0.5");
        var older = await FieldAsync("audit?limit=1&format=json", "next_cursor");
        string[] cursors =
        [
            older, await FieldAsync($"audit?limit=1&format=json&cursor={older}", "prev_cursor"),
            await FieldAsync("audit?limit=1&format=json&order=asc", "next_cursor"),
            await FieldAsync("jobs?limit=1", "next_cursor"), await FieldAsync("jobs/sync-1?format=json", "next_after"),
            await FieldAsync("audit/stream?follow=false", "position"), await FieldAsync("jobs/sync-1/stream?follow=false", "position"),
            await FieldAsync("system/stream?follow=false", "position"),
        ];
        client.DefaultRequestHeaders.Remove("Accept");
        return cursors;
    }

    /// <summary>Values near the parameter's example, without end.</summary>
    private IEnumerable<string> Mutants(IOpenApiParameter parameter)
    {
        var bases = ValuesOf(parameter).Where(value => value.Length is > 0 and < 100).ToArray();
        return Enumerable.Range(0, MutantsOfEach * TestScale.Factor)
            .Select(_ => Mutants(_random.GetItems(bases, 1)[0]).ElementAt(_random.Next(2)));
    }

    private IEnumerable<string> Mutants(string value)
    {
        const string Letters = "*=%+/.,:;-_~'\"<>[]{}()|^`!@#$?\\ \t09azAZ";
        // The length is part of what a reader expects: one kind of fault shows only at exactly that length.
        yield return new string('*', value.Length);
        while (true)
        {
            var at = _random.Next(value.Length);
            var letter = Uri.EscapeDataString($"{_random.GetItems<char>(Letters, 1)[0]}");
            yield return _random.Next(5) switch
            {
                0 => value.Remove(at, 1),
                1 => value.Insert(at, letter),
                2 => value.Remove(at, 1).Insert(at, letter),
                3 => value[at..] + value[..at],
                _ => string.Concat(Enumerable.Repeat(letter, value.Length)),
            };
        }
    }

    private IEnumerable<string> Drawn(string[] values) => values.OrderBy(_ => _random.Next()).Take(ValuesOfEach * TestScale.Factor);

    private static string[] ValuesOf(IOpenApiParameter parameter)
    {
        var schema = parameter.Schema!;
        var example = parameter.Example switch
        {
            JsonArray list => list[0]!.ToString(),
            JsonObject values => values.First().Value!.ToString(),
            var one => one!.ToString(),
        };
        string[] bounds =
            [.. new[] { schema.Minimum, schema.Maximum }.OfType<string>().Select(bound => long.Parse(bound, CultureInfo.InvariantCulture))
            .SelectMany(bound => new[] { bound - 1, bound, bound + 1 }).Select(value => value.ToString(CultureInfo.InvariantCulture))];
        return [Uri.EscapeDataString(example), .. bounds, .. (schema.Enum ?? []).Select(value => value!.ToString()), .. HostileValues.OfParameters];
    }

    private static HttpRequestMessage Request(TestServer server, ApiOperation operation, IOpenApiParameter parameter, string value)
    {
        if (parameter.In == ParameterLocation.Query) return operation.Request(server.Url, [(NameOf(parameter), value)]);
        if (parameter.In == ParameterLocation.Path) return operation.Request(server.Url, [], value);
        var request = operation.Request(server.Url, []);
        // The client refuses to send any other value.
        request.Headers.TryAddWithoutValidation(
            parameter.Name!, string.Concat(Uri.UnescapeDataString(value).Where(c => c is >= ' ' and <= '~')));
        return request;
    }

    private HttpRequestMessage Combined(TestServer server, ApiOperation operation)
    {
        var parameters = operation.Parameters.Where(parameter => parameter.In == ParameterLocation.Query).ToArray();
        (string, string)[] given = parameters.Length == 0
            ? [("unknown", "1")]
            :
            [
                .. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => _random.GetItems(parameters, 1)[0]).Select(
                    parameter => (NameOf(parameter), Short(ValuesOf(parameter))))
            ];
        var request = operation.Request(server.Url, given);
        request.Headers.TryAddWithoutValidation(
            "Accept",
            _random.GetItems(
                [
                    "*/*",
                    "text/plain",
                    "application/x-ndjson",
                    "text/event-stream",
                    "text/csv",
                    "application/json",
                    "garbage",
                    "text/plain;q=0",
                    ",;="
                ],
                1)[0]);
        return request;
    }

    /// <summary>The name in a request: of an object, that of a value in it.</summary>
    private static string NameOf(IOpenApiParameter parameter) =>
        parameter.Schema!.Type == JsonSchemaType.Object ? $"{parameter.Name}[a.b][c]" : parameter.Name!;

    private string Short(string[] values) => _random.GetItems([.. values.Where(value => value.Length < 100)], 1)[0];

    private async Task SendBodiesAsync(HttpClient client, TestServer server, ApiOperation operation)
    {
        foreach (var body in Drawn(HostileValues.Bodies))
        {
            foreach (var type in HostileValues.ContentTypes)
            {
                var request = operation.Request(server.Url, []);
                request.Content = ApiOperation.Body(body);
                request.Content.Headers.Remove("Content-Type");
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                // The server closes the connection if it does not read the whole body.
                request.Headers.ConnectionClose = true;
                await SendAsync(client, operation, request, null, $"{type} {body}");
            }
        }
    }

    private async Task SendAsync(HttpClient client, ApiOperation operation, HttpRequestMessage request, string? parameter, string value)
    {
        using var _ = request;
        // A cursor or a time far back may begin a stream that waits: its head is enough here.
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        _requests++;
        var what = $"{operation} {parameter}={(value.Length > 200 ? value[..200] : value)}: {(int)answer.StatusCode}";
        // A busy program may ask a client to come again.
        if (answer.StatusCode is HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null) return;
        Assert.IsLessThan(500, (int)answer.StatusCode, what);
        // A request that the server itself refuses before the program gets it, such as an invalid address, has no body.
        if (answer.StatusCode is HttpStatusCode.RequestUriTooLong
            || (answer.StatusCode is HttpStatusCode.BadRequest && answer.Content.Headers.ContentLength == 0))
            return;
        // An empty path segment is another path.
        var isOther = parameter is not null
            && answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed
            && operation.Path.Contains('{', StringComparison.Ordinal);
        Assert.IsTrue(isOther || operation.Describes((int)answer.StatusCode), $"{what} is not described");
        if (answer.StatusCode is not HttpStatusCode.BadRequest) return;
        Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType, what);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        var named = problem.GetProperty("parameter").GetString()!;
        if (parameter is not null) Assert.AreEqual(parameter, named, what);
    }
}
