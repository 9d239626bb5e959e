using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Planning;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>Finds what is odd about how a case says that it changes firmware.</summary>
internal static class FirmwareLint
{
    /// <summary>What is odd about one case.</summary>
    public static IEnumerable<string> FindingsOf(TestCase testCase)
    {
        bool activates = testCase.Steps.Any(Activates);
        if (testCase.Firmware is not { } pair)
        {
            if (activates)
            {
                yield return $"names no pair of versions and activates firmware ({FirmwareForecast.Activation}): "
                    + "the plan cannot tell which cycle can run it";
            }

            yield break;
        }

        if (!activates)
        {
            yield return $"names a pair of versions and activates none ({FirmwareForecast.Activation})";
        }

        string[] delivered = [.. DeliveredBy(testCase.Steps)];
        if (delivered.Length > 0 && !delivered.Contains(pair.To))
        {
            yield return $"goes to {pair.To} and delivers {string.Join(", ", delivered)}";
        }

        bool putsBack = FirmwareForecast.PutsBack(testCase);
        if (pair.Downgrade == DowngradePolicy.Refused && putsBack)
        {
            yield return $"may not go back to {pair.From}, and its clean-up activates firmware";
        }

        if (pair.Downgrade == DowngradePolicy.Allowed && !putsBack)
        {
            yield return $"may go back to {pair.From}, and its clean-up does not: a second cycle cannot run it";
        }
    }

    /// <summary>Whether a step makes a device run another image, as far as it is meant to.</summary>
    internal static bool Activates(PackStep step) =>
        step is RequestStep { TouchesDevice: true, Expectation.Success: not false, Request.Delivery: not ImageDelivery.Unchecked } request
        && FirmwareForecast.Activates(request);

    /// <summary>The versions that a device is to take; an image that it has to reject is none.</summary>
    private static IEnumerable<string> DeliveredBy(IEnumerable<PackStep> steps) => steps.OfType<RequestStep>()
        .Where(step => FirmwareUpdate.Variants.Contains(step.ServiceReferenceVariant) && step.Request.Delivery != ImageDelivery.Unchecked)
        .Select(step => step.Request.TextOf("FirmwareVersion"))
        .OfType<string>()
        .Distinct(StringComparer.Ordinal);
}
