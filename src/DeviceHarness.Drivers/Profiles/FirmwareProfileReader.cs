using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Drivers.Dlms;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Reads the part <c>image-transfer</c> of a device profile.</summary>
internal static class FirmwareProfileReader
{
    private static readonly TimeSpan MaximumTimeout = TimeSpan.FromHours(1);

    /// <summary>Reads it.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A key or value is not allowed.</exception>
    internal static ImageTransferSettings Read(ConfigurationNode node)
    {
        _ = node.Require("class").AsInteger(ImageTransferObject.ClassId, ImageTransferObject.ClassId);
        ImageTransferSettings settings = new(
            DeviceProfileLoader.NameOf(node),
            (ushort)node.Require("manufacturer-code").AsInteger(0, ushort.MaxValue),
            (ushort)node.Require("image-type").AsInteger(0, ushort.MaxValue),
            (ushort)node.Require("hardware-version").AsInteger(0, ushort.MaxValue),
            node.Require("recovery-timeout").AsDuration(TimeSpan.Zero, MaximumTimeout),
            node.Require("verification-timeout").AsDuration(TimeSpan.Zero, MaximumTimeout),
            node.Require("activation-timeout").AsDuration(TimeSpan.Zero, MaximumTimeout))
        {
            Schedule = node.Find("schedule") is { } schedule ? ScheduleOf(schedule) : null,
        };
        node.RejectOtherKeys();
        return settings;
    }

    private static ObisCode ScheduleOf(ConfigurationNode node)
    {
        _ = node.Require("class").AsInteger(ActivationScheduleObject.ClassId, ActivationScheduleObject.ClassId);
        ObisCode name = DeviceProfileLoader.NameOf(node);
        node.RejectOtherKeys();
        return name;
    }
}
