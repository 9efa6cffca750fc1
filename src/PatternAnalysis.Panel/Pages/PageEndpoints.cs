using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Panel.Pages;

/// <summary>The panel for people.</summary>
internal static class PageEndpoints
{
    private const int RecentEntries = 50;
    private const int ShownRuns = 90;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("");
        pages.AddEndpointFilter(ErrorsAsync);
        pages.MapGet(
            "/",
            (PanelOptions panel, HttpContext context, IAntiforgery forms) =>
                Queue(
                    panel,
                    forms.GetAndStoreTokens(context),
                    QueueView.Read(panel.Store, QueueFilter.Of(context.Request.Query)),
                    NoticeOf(panel, context.Request.Query)
                )
        );
        pages.MapGet(
            "/pattern/{id}",
            (PanelOptions panel, HttpContext context, IAntiforgery forms, string id) =>
                Pattern(panel, forms.GetAndStoreTokens(context), panel.Store.Describe(id), NoticeOf(panel, context.Request.Query))
        );
        pages.MapGet(
            "/statistics",
            (PanelOptions panel) =>
                new RazorComponentResult<StatisticsPage>(
                    new
                    {
                        Statistics = panel.Store.CountByStatus(),
                        History = panel.Store.History(null, RecentEntries),
                        Runs = panel.Runs?.Last(ShownRuns) ?? [],
                    }
                )
        );
        pages.MapGet(
            "/effects",
            (PanelOptions panel) => new RazorComponentResult<EffectsPage>(new { Patterns = panel.Effects?.Find() ?? [] })
        );
        pages.MapPost("/pattern/{id}", DecideAsync);
        pages.MapPost("/decisions", DecideOnSeveralAsync);
    }

    /// <summary>A page with a message and nothing else.</summary>
    public static RazorComponentResult Message(int status, string title, string text) =>
        new RazorComponentResult<MessagePage>(new { Title = title, Text = text }) { StatusCode = status };

    /// <summary>The page that a browser sees when it has got its cookie.</summary>
    public static RazorComponentResult SignedIn() =>
        new RazorComponentResult<MessagePage>(
            new
            {
                Title = "You are in",
                Text = "The queue opens by itself.",
                ContinueTo = "/",
            }
        );

    private static RazorComponentResult<QueuePage> Queue(PanelOptions panel, AntiforgeryTokenSet form, QueueView view, string? notice) =>
        new(
            new
            {
                Panel = panel,
                FormField = form.FormFieldName,
                FormToken = form.RequestToken,
                View = view,
                Notice = notice,
            }
        );

    private static RazorComponentResult<PatternPage> Pattern(
        PanelOptions panel,
        AntiforgeryTokenSet form,
        PatternDetails details,
        string? notice = null,
        string? error = null,
        string? notes = null
    ) =>
        new(
            new
            {
                Panel = panel,
                FormField = form.FormFieldName,
                FormToken = form.RequestToken,
                Details = details,
                Parts = panel.Store.Find(new ApprovalQuery { PartOf = details.Approval.PatternId }),
                Notice = notice,
                Error = error,
                Notes = notes,
            }
        );

    private static async Task<IResult> DecideAsync(PanelOptions panel, HttpContext context, IAntiforgery forms, string id)
    {
        var form = await context.Request.ReadFormAsync().ConfigureAwait(false);
        var decision = ReadDecision(form, id, Show.ReadState(form["shown"]));
        try
        {
            panel.Store.Decide(decision);
        }
        catch (PatternAnalysisException error)
            when (error.Error.HttpStatus is StatusCodes.Status400BadRequest or StatusCodes.Status409Conflict)
        {
            // The page as it is now, with what was wrong: the reviewer decides again on what is there.
            var page = Pattern(
                panel,
                forms.GetAndStoreTokens(context),
                panel.Store.Describe(id),
                error: error.Message,
                notes: decision.Notes
            );
            page.StatusCode = error.Error.HttpStatus;
            return page;
        }

        var next = panel.Store.Find(new ApprovalQuery { Status = [PatternStatus.Pending], First = 1 });
        return Results.Redirect(
            $"{(next is [var waiting] ? Show.Address(waiting.PatternId) : "/")}?{decision.Status}={Uri.EscapeDataString(id)}"
        );
    }

    private static async Task<IResult> DecideOnSeveralAsync(PanelOptions panel, HttpContext context, IAntiforgery forms)
    {
        var form = await context.Request.ReadFormAsync().ConfigureAwait(false);
        var told = new List<string>();
        var decided = new HashSet<string>();
        foreach (var selected in form["selected"].OfType<string>())
        {
            // ticks|status|id: an id may hold any character, the others don't.
            var words = selected.Split('|', 3);
            if (decided.Contains(words[^1]))
                continue;
            try
            {
                var (pattern, parts) = panel.Store.Decide(ReadDecision(form, words[^1], Show.ReadState(string.Join('|', words[..^1]))));
                decided.UnionWith(parts.Prepend(pattern).Select(row => row.PatternId));
            }
            catch (PatternAnalysisException error) when (error.Error.HttpStatus != StatusCodes.Status500InternalServerError)
            {
                told.Add(error.Message);
            }
        }

        var first = $"{decided.Count} {(decided.Count == 1 ? "pattern" : "patterns")} {form["decision"]}.";
        var notice = string.Join(' ', told.Distinct().Prepend(form["selected"].Count == 0 ? "Nothing was selected." : first));
        return Queue(panel, forms.GetAndStoreTokens(context), QueueView.Read(panel.Store, QueueFilter.Of(QueryCollection.Empty)), notice);
    }

    private static ReviewDecision ReadDecision(IFormCollection form, string id, ShownState shown)
    {
        var notes = ((string?)form["notes"])?.Trim();
        return new ReviewDecision(
            id,
            form["decision"].ToString(),
            form["reviewer"].ToString().Trim(),
            string.IsNullOrEmpty(notes) ? null : notes
        )
        {
            Shown = shown,
        };
    }

    /// <summary>What the page before this one did, if that is so.</summary>
    private static string? NoticeOf(PanelOptions panel, IQueryCollection query)
    {
        var done = (string?)query[PatternStatus.Approved] ?? query[PatternStatus.Rejected];
        return
            done is not null
            && panel.Store.Find(new ApprovalQuery { PatternId = [done] }) is [var pattern]
            && PatternStatus.IsHuman(pattern.Status)
            ? $"Pattern {pattern.PatternId} is {pattern.Status} by {pattern.ReviewedBy}."
            : null;
    }

    private static async ValueTask<object?> ErrorsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (PatternAnalysisException error)
        {
            return Message(error.Error.HttpStatus, error.ErrorId, error.Message);
        }
    }
}
