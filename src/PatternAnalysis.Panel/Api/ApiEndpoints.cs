using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Panel.Api;

/// <summary>The panel for programs, with the paths and the fields of the original's API.</summary>
internal static class ApiEndpoints
{
    public const string Path = "/api";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Path);
        api.AddEndpointFilter(ProblemsAsync);
        api.MapGet("/statistics", (PanelOptions panel) => StatisticsResponse.Of(panel.Store.CountByStatus()));
        api.MapGet(
            "/pending",
            (PanelOptions panel, int? limit) =>
                panel
                    .Store.Find(new ApprovalQuery { Status = [PatternStatus.Pending], First = Math.Max(limit ?? 20, 0) })
                    .Select(PatternResponse.Of)
        );
        api.MapGet("/{id}", (PanelOptions panel, string id) => PatternResponse.Of(panel.Store.Describe(id).Approval));
        api.MapPost(
            "/{id}/approve",
            (PanelOptions panel, string id, DecisionRequest body) => Decide(panel, id, PatternStatus.Approved, body, body.Notes)
        );
        api.MapPost(
            "/{id}/reject",
            (PanelOptions panel, string id, DecisionRequest body) => Decide(panel, id, PatternStatus.Rejected, body, body.Reason)
        );
        api.MapFallback(() =>
            Problem(
                StatusCodes.Status404NotFound,
                "NoSuchPath",
                "Nothing is at this path for this method and this kind of content. Decisions are POST with application/json."
            )
        );
    }

    private static PatternResponse Decide(PanelOptions panel, string id, string status, DecisionRequest body, string? notes) =>
        PatternResponse.Of(
            panel
                .Store.Decide(
                    new ReviewDecision(id, status, body.Reviewer ?? panel.Reviewer, notes)
                    {
                        Shown = body.Shown,
                        WithParts = body.WithParts ?? true,
                    }
                )
                .Pattern
        );

    /// <summary>What the framework refuses before any endpoint runs comes without a body: says it as the endpoints say theirs.</summary>
    public static Task ExplainAsync(StatusCodeContext context) =>
        Problem(
                context.HttpContext.Response.StatusCode,
                ErrorCatalogue.InvalidRequest.Id,
                "The request can't be read: its JSON is broken, or a value is of the wrong type."
            )
            .ExecuteAsync(context.HttpContext);

    private static async ValueTask<object?> ProblemsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (PatternAnalysisException error)
        {
            return Problem(error.Error.HttpStatus, error.ErrorId, error.Message);
        }
    }

    private static IResult Problem(int status, string errorId, string detail) =>
        Results.Problem(
            title: errorId,
            detail: detail,
            statusCode: status,
            extensions: new Dictionary<string, object?> { ["error_id"] = errorId }
        );
}
