using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

// Reads the audit log by two filters and pages, a job, the proof and the handlers, by each of the generated clients.
using var http = new HttpClient { BaseAddress = new Uri(args[0]) };
http.DefaultRequestHeaders.Add("X-API-Key", args[1]);

var one = new ByNSwag.LogsClient(http) { BaseUrl = args[0] };
string? cursor = null;
var events = new List<string>();
do
{
    var page = await one.GetAuditAsync(
        ["u1"], ["user.*"], null, null, null, new Dictionary<string, string> { ["details[Kind]"] = "a" }, null,
        ["u2"], null, null, null, null, new Dictionary<string, string> { ["details.not[Kind]"] = "b" }, "1h", null,
        ByNSwag.Order.Asc, 2, cursor, ByNSwag.Format.Json);
    events.AddRange(page.Items.Select(item => item.Message));
    cursor = page.Next_cursor;
}
while (cursor is not null);
var job = await one.GetJobsByJobIdAsync("a job", null, null, null, null, null, null, null, 10, null, null, ByNSwag.Format2.Json);
var proof = await one.GetAuditVerifyAsync();
Console.WriteLine($"{string.Join('|', events)} {job.Job.Status} {job.Items.Count} {proof.Status} {(await one.GetHandlersAsync()).Items.Count}");

var other = new ByKiota.LogsClient(new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http) { BaseUrl = args[0] });
events.Clear();
do
{
    var page = await other.Api.Logs.Audit.GetAsync(request =>
    {
        request.QueryParameters.UserId = ["u1"];
        request.QueryParameters.EventType = ["user.*"];
        request.QueryParameters.EventTypeNot = ["user.other"];
        request.QueryParameters.OrderAsGetOrderQueryParameterType = ByKiota.Api.Logs.Audit.GetOrderQueryParameterType.Asc;
        request.QueryParameters.Limit = 2;
        request.QueryParameters.Cursor = cursor;
    });
    events.AddRange(page!.Items!.Select(item => item.Message!));
    cursor = page.NextCursor;
}
while (cursor is not null);
var log = await other.Api.Logs.Jobs["a job"].GetAsync();
var verification = await other.Api.Logs.Audit.Verify.GetAsync();
Console.WriteLine(
    $"{string.Join('|', events)} {log!.Job!.Status} {log.Items!.Count} {verification!.Status} {(await other.Api.Logs.Handlers.GetAsync())!.Items!.Count}");
