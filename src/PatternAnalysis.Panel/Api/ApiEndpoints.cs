using Microsoft.AspNetCore.Builder;
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
        api.MapGet("/pending", (PanelOptions panel, int? limit) =>
            panel.Store.Find(new ApprovalQuery { Status = [PatternStatus.Pending], First = Math.Max(limit ?? 20, 0) }).Select(PatternResponse.Of));
        api.MapGet("/{id}", (PanelOptions panel, string id) => PatternResponse.Of(panel.Store.Describe(id).Approval));
        api.MapPost("/{id}/approve", (PanelOptions panel, string id, DecisionRequest body) => Decide(panel, id, PatternStatus.Approved, body, body.Notes));
        api.MapPost("/{id}/reject", (PanelOptions panel, string id, DecisionRequest body) => Decide(panel, id, PatternStatus.Rejected, body, body.Reason));
        api.MapFallback(() => Results.Problem(title: "There is no such path", statusCode: StatusCodes.Status404NotFound));
    }

    private static PatternResponse Decide(PanelOptions panel, string id, string status, DecisionRequest body, string? notes) =>
        PatternResponse.Of(panel.Store.Decide(new ReviewDecision(id, status, body.Reviewer ?? panel.Reviewer, notes) { Shown = body.Shown }));

    private static async ValueTask<object?> ProblemsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (PatternAnalysisException error)
        {
            return Results.Problem(
                title: error.ErrorId, detail: error.Message, statusCode: PanelErrors.StatusOf(error), extensions: new Dictionary<string, object?> { ["error_id"] = error.ErrorId });
        }
    }
}
