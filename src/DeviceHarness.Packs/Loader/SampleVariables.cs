using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>Values that stand in for those of a run, so that a request's body can be checked when the pack is read.</summary>
internal sealed class SampleVariables : IVariableSource
{
    private const string SampleEui64 = "90-B3-D5-1F-30-01-00-00";

    private static readonly SampleVariables Instance = new();
    private static readonly DateTimeOffset SampleTime = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public string? Find(VariableReference reference) =>
        reference.TimeAt(SampleTime) ?? (reference.Name.EndsWith(".eui64", StringComparison.Ordinal) ? SampleEui64 : null);

    /// <summary>Checks that a composed request is one that the service can read.</summary>
    /// <param name="node">The place of the body, for the message.</param>
    /// <param name="request">The request; one that uses captures or other values of a run is not checked until it runs.</param>
    public static void CheckBody(ConfigurationNode node, RequestTemplate request)
    {
        if (request.Templates.SelectMany(template => template.References).Any(reference => Instance.Find(reference) is null))
        {
            return;
        }

        try
        {
            Eui64 sample = Eui64.Parse(SampleEui64);
            DuisRequestReader.Read(request.Compose(new RequestId(sample, sample, Counter: 1), Instance, DuisSchema.CurrentVersion));
        }
        catch (DuisFormatException exception)
        {
            throw node.Fault(PackFaults.RequestBody, $"a body that the service refuses: {exception.Message}",
                "a body as the DUIS schema has it");
        }
    }
}
