using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>Stop rules between messages and the domain.</summary>
internal static class StopRuleMapping
{
    /// <summary>A rule as clients see it.</summary>
    public static V1.StopRule ToContract(StopRule rule) => new() { Verdict = (V1.Verdict)rule.Verdict, Cases = rule.Cases };

    /// <summary>Reads the rules of a submission.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: a verdict that ends nothing, no cases, or two rules for a verdict.</exception>
    public static IReadOnlyList<StopRule> ToDomain(IEnumerable<V1.StopRule> rules)
    {
        List<StopRule> read = [];
        foreach (V1.StopRule rule in rules)
        {
            Verdict verdict = (Verdict)rule.Verdict;
            if (!StopRule.IsAllowed(verdict) || rule.Cases < 1)
            {
                throw Invalid(
                    $"the stop rule {verdict}={rule.Cases} is none; allowed: failed, error, inconclusive or blocked, after 1 case or more");
            }

            if (read.Exists(other => other.Verdict == verdict))
            {
                throw Invalid($"there are two stop rules for {verdict}; one is allowed");
            }

            read.Add(new StopRule(verdict, rule.Cases));
        }

        return read;
    }

    private static RpcException Invalid(string detail) => new(new Status(StatusCode.InvalidArgument, detail));
}
