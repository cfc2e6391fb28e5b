using Zotify.Logging.Alerts;
using Zotify.Logging.AspNetCore.Endpoints;
using Zotify.Logging.AspNetCore.Endpoints.Audit;
using Zotify.Logging.AspNetCore.Endpoints.Jobs;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Alerts;

/// <summary>Reads the filter of an alert by the code that reads the parameters of the search, so that both find the same.</summary>
internal static class AlertFilter
{
    /// <summary>Adds the condition of a filter to a rule.</summary>
    /// <exception cref="ArgumentException">The filter cannot be used; its message names the parameter.</exception>
    public static AlertRule AddTo(AlertRule rule, AlertLog log)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(rule.Filter.StartsWith('?') ? rule.Filter : $"?{rule.Filter}");
        try
        {
            if (log == AlertLog.Jobs) return rule with { Jobs = OfJobs(Reader(request, JobListParameters.Filters)) };
            return rule with { Audit = new AuditPredicate(AuditParameters.ReadFilters(Reader(request, AuditParameters.Filters))) };
        }
        catch (ArgumentException exception) when (exception.ParamName is not null)
        {
            throw new ArgumentException(
                $"{FaultsAsProblems.NameOf(exception, request)}: {FaultsAsProblems.MessageOf(exception)}", exception);
        }
    }

    private static JobPredicate OfJobs(QueryReader reader)
    {
        var query = JobListParameters.Read(reader);
        return query.Statuses.Contains("stalled")
            ? throw new InvalidParameterException(
                "status", $"'stalled': no event makes a job stalled; the built-in alert {BuiltInAlerts.JobStalled} tells it. Remove it.")
            : new JobPredicate(query);
    }

    private static QueryReader Reader(HttpRequest request, QueryParameter[] parameters) =>
        new(request, parameters, DateTimeOffset.UnixEpoch);
}
