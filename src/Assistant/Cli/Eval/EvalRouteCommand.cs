using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PersonalAi.Assistant.Routing;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Eval;

/// <summary>Learns from the user's own thumbs how sure a model must be of an answer, and says how well that works.</summary>
internal sealed class EvalRouteCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public EvalRouteCommand()
        : base(
            "route",
            "Learn from your thumbs on answers how sure is sure enough, and show how well that tells good answers from bad ones.",
            "pai eval route                               # after some /good and /bad in chats",
            "pai sessions rate 0199f3a2 bad && pai eval route --json") => Add(_json);

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var rated = await (await pai.TurnsAsync(cancellationToken)).RatedAsync(cancellationToken: cancellationToken);
        var studies = rated.Where(turn => turn.Route?.Confidence is not null)
            .GroupBy(turn => turn.Model, turn => new RatedMargin(turn.Route!.Confidence!.MeanMargin, turn.Thumb!.IsGood))
            .ToImmutableSortedDictionary(model => model.Key, model => CalibrationStudy.Of([.. model], pai.Time.GetUtcNow()));
        await pai.RouteCalibrations.WriteAsync(
            studies.Where(study => study.Value.Calibration is not null).ToImmutableSortedDictionary(study => study.Key, study => study.Value.Calibration!), cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new { file = pai.RouteCalibrations.Path, needed_of_each = CalibrationStudy.Least, models = studies.Select(study => Json(study.Key, study.Value)) });
        }
        else
        {
            Write(pai, studies);
        }

        return ExitCode.Done;
    }

    private static object Json(string model, CalibrationStudy study) => new
    {
        model,
        good = study.Good,
        bad = study.Bad,
        calibrated = study.Calibration is not null,
        threshold = study.Calibration?.Threshold,
        intercept = Round(study.Calibration?.Intercept),
        slope = Round(study.Calibration?.Slope),
        brier = Round(study.Brier),
        brier_of_share = Round(study.BaseBrier),
        expected_calibration_error = Round(study.CalibrationError),
        bad_found = Round(study.BadFound),
        good_flagged = Round(study.GoodFlagged),
        statement = study.Statement,
    };

    private static void Write(Composition pai, ImmutableSortedDictionary<string, CalibrationStudy> studies)
    {
        var output = pai.Console.Output;
        if (studies.IsEmpty)
        {
            output.WriteLine($"No answer is rated yet: at least {CalibrationStudy.Least} good and {CalibrationStudy.Least} bad ones are needed; rate answers with /good and /bad.");
        }

        foreach (var (model, study) in studies)
        {
            output.WriteLine($"{TerminalText.OneLine(model)}: {study.Good} good and {study.Bad} bad answers.");
            if (study is { Brier: { } brier, BaseBrier: { } share, CalibrationError: { } error })
            {
                output.WriteLine(Say($"  Brier score {brier:0.000}, against {share:0.000} of always saying the share of good ones; expected calibration error {error:0.000} (cross-validated)."));
            }

            output.WriteLine($"  {study.Statement}");
            if (study is { Calibration: { } calibration, BadFound: { } found, GoodFlagged: { } flagged })
            {
                output.WriteLine(Say($"  Below a probability of {calibration.Threshold:0.00} an answer counts as unsure: that finds {100 * found:0} % of the bad ones, and {100 * flagged:0} % of the good ones with them."));
                output.WriteLine($"  Written to '{pai.RouteCalibrations.Path}'.");
            }
        }
    }

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 4) : null;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
