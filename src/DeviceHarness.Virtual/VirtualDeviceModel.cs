using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Links;
using DeviceHarness.Virtual.Security;

namespace DeviceHarness.Virtual;

/// <summary>What every virtual device is that serves DLMS/COSEM, whatever else it is.</summary>
public abstract record VirtualDeviceModel
{
    /// <summary>The link layer.</summary>
    public required ServerLinkOptions Link { get; init; }

    /// <summary>The largest APDU that it receives, in octets (64 to 4,096).</summary>
    public required int PduOctets { get; init; }

    /// <summary>The clients that it knows; one address once.</summary>
    public required IReadOnlyList<MeterClient> Clients { get; init; }

    /// <summary>Its keys, and what it asks of those who use them.</summary>
    public SecurityOptions Security { get; init; } = new();

    /// <summary>The logical device name: 16 characters, the first three the manufacturer's flag.</summary>
    public required string LogicalDeviceName { get; init; }

    /// <summary>The serial number.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>The version of the active firmware, such as <c>4.2.0</c>: three or four numbers of 0 to 255.</summary>
    public required string FirmwareVersion { get; init; }

    /// <summary>The version before it, which a device with a stuck version still reports.</summary>
    public required string PreviousFirmwareVersion { get; init; }

    /// <summary>Whether it agrees on requests with lists.</summary>
    public bool HasLists { get; init; } = true;

    /// <summary>Whether it agrees on general block transfer; its long answers are then cut that way.</summary>
    public bool HasGeneralBlocks { get; init; }

    /// <summary>How many general blocks may come to it in a row, 1 to 63.</summary>
    public int GeneralBlockWindow { get; init; } = 1;

    /// <summary>How late a device with the defect late-answer answers.</summary>
    public TimeSpan LateAnswerTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The defects planted at the start.</summary>
    public EsmeDefects Defects { get; init; } = EsmeDefects.None;
}
