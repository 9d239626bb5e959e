using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Output;

/// <summary>Regression for people.</summary>
internal static class RegressionOutput
{
    /// <summary>Prints where every combination stands.</summary>
    public static void Write(GetRegressionReply reply)
    {
        Console.WriteLine(
            $"Standard regression pack: {reply.Pack.Name}, version {reply.Pack.Version} ({string.Join(", ", reply.Pack.Packs)}; "
            + $"{reply.Pack.Hash[..12]})");
        if (reply.Rehearsal)
        {
            Console.WriteLine("A rehearsal: cycles on virtual devices count, and it is evidence for nothing.");
        }

        if (reply.Standings.Count == 0)
        {
            Console.WriteLine("no Device Model Combination is stated: 'harness regression dmc'");
        }

        foreach (RegressionStanding standing in reply.Standings)
        {
            Write(standing);
        }

        foreach (RegressionPlan plan in reply.Plans)
        {
            string covers = plan.Dmcs.Count == 0
                ? "no stated combination has the component: nothing is planned"
                : $"covers {string.Join(", ", plan.Dmcs)}"
                    + (plan.FoundIn.Length == 0 ? string.Empty : $"; other than {plan.FoundIn}: {Or(plan.Others, "none")}");
            Console.WriteLine($"Regression after {Name(plan.Release)}, {ConsoleText.Moment(plan.Release.Time)} UTC: {covers}");
        }
    }

    /// <summary>Prints the cycles that a regression queued.</summary>
    public static void Write(RegressionPack pack, SubmitCyclesReply reply, bool isJson)
    {
        if (isJson)
        {
            JsonText.Write(reply);
            return;
        }

        Console.WriteLine($"queued {pack.Name}, version {pack.Version}: {string.Join(", ", pack.Packs)}");
        foreach (string line in reply.CycleIds.Concat(reply.Warnings.Distinct().Select(warning => $"warning: {warning}")))
        {
            Console.WriteLine(line);
        }
    }

    private static void Write(RegressionStanding standing)
    {
        string verdict = standing.Verdict switch
        {
            "StillValid" => "regression still valid",
            "Due" => "regression due",
            _ => "regression not run",
        };
        Console.WriteLine($"{standing.Dmc.Id} ({Or(standing.Dmc.Components, "no component")}): {verdict}");
        if (standing.Dmc.Eligible.Count > 0)
        {
            Console.WriteLine(
                $"  on the EPCL with {string.Join(", ", standing.Dmc.Eligible.Select(row => $"{row.DeviceType}={row.Version}"))}");
        }

        foreach (string why in standing.Why)
        {
            Console.WriteLine($"  {why}");
        }

        foreach (RegressionCredit credit in standing.Partial)
        {
            string credited = $"credited by {credit.Who}: {credit.Reason}";
            Console.WriteLine($"  partial: {credit.Campaign} ({credit.Scope}), run on {credit.RunOn}; {credited}");
        }

        foreach (RegressionCondition condition in standing.Conditions)
        {
            string state = condition.Open ? "open" : $"discharged by {string.Join(", ", condition.DischargedBy)}";
            Console.WriteLine($"  condition, {state}: regression after {Name(condition.Release)}");
        }
    }

    private static string Name(ComponentRelease release) =>
        $"{release.Component} {release.Version}{(release.IssueId.Length == 0 ? string.Empty : $" (fix of {release.IssueId})")}";

    private static string Or(IReadOnlyList<string> names, string otherwise) => names.Count == 0 ? otherwise : string.Join(", ", names);
}
