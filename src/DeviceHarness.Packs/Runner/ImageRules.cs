using System.Security.Cryptography;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Firmware;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Runner;

/// <summary>Keeps firmware of unknown origin away from devices: an image that 11.1 or 11.4 delivers has to have a record in the
/// register.</summary>
/// <remarks>Asked of real devices always, of virtual ones where the rig names a register. An image that is sent unchecked is one that the
/// device has to reject: nobody gave it.</remarks>
internal static class ImageRules
{
    /// <summary>Why a case may not run; null when it may.</summary>
    public static string? WhyNot(TestCase testCase, DeviceBindings devices, RunOptions options)
    {
        if (options.FirmwareRegister is null && devices.Provenance.Origin != Origin.Real)
        {
            return null;
        }

        FirmwareRegister register = options.FirmwareRegister ?? FirmwareRegister.Empty;
        return testCase.Steps.Concat(testCase.Cleanup).OfType<RequestStep>()
            .Select(step => WhyNot(step, register))
            .FirstOrDefault(reason => reason is not null);
    }

    private static string? WhyNot(RequestStep step, FirmwareRegister register)
    {
        if (!FirmwareUpdate.Variants.Contains(step.ServiceReferenceVariant) || step.Request.Delivery == ImageDelivery.Unchecked
            || step.Request.FirmwareImage is not { } image)
        {
            return null;
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(image.Span));
        string version = step.Request.TextOf("FirmwareVersion") ?? string.Empty;
        return register.Find(hash) switch
        {
            null => $"no record of the image of '{step.Name}', SHA-256 {hash}: who gave it? 'harness firmware receive' records one",
            { Version: var recorded } when recorded != version =>
                $"the image of '{step.Name}', SHA-256 {hash}, is recorded as {recorded} and delivered as {version}",
            _ => null,
        };
    }
}
