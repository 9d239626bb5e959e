using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Runner;

/// <summary>Whether the systems of a case's Users have what the case sends: what a User's version lacks is never sent.</summary>
internal static class DuisVersionRules
{
    /// <summary>Why a case cannot be run with the versions that its Users' systems speak; null when it can.</summary>
    public static string? WhyNot(TestCase testCase, ITestBench bench) => testCase.Steps.Concat(testCase.Cleanup).OfType<RequestStep>()
        .Where(step => step.Request.Xml is null && step.Expectation.Refusal is null)
        .Select(step => Lack(step, bench))
        .FirstOrDefault(reason => reason is not null);

    private static string? Lack(RequestStep step, ITestBench bench)
    {
        try
        {
            string version = bench.DuisVersionOf(bench.UserOf(step.Request.Role));
            return DuisVersions.WhyNot(version, step.ServiceReferenceVariant) is { } lack
                ? $"'{step.Name}' of the User {step.Request.Role}: {lack}"
                : null;
        }
        catch (ConfigurationException)
        {
            // The rig has no User of that role: the step tells it when it comes to send.
            return null;
        }
    }
}
