using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>What a virtual device is beside being on a network: its clusters, and what it does by itself.</summary>
/// <remarks>A pure machine on the radio's time: frames and time in, messages out.</remarks>
internal interface IHanApplication
{
    /// <summary>The clusters that it serves.</summary>
    IReadOnlyCollection<ushort> Served { get; }

    /// <summary>The clusters that it uses.</summary>
    IReadOnlyCollection<ushort> Used { get; }

    /// <summary>The firmware that runs, as the Basic cluster tells it.</summary>
    string FirmwareVersion { get; }

    /// <summary>When <see cref="Advance"/> is due, on the radio's time; null when nothing is.</summary>
    TimeSpan? NextDue { get; }

    /// <summary>Whether a sleeping device will listen at a moment, as far as it knows now; always for one that never sleeps.</summary>
    /// <param name="at">The moment.</param>
    bool IsListeningAt(TimeSpan at);

    /// <summary>When a sleeping device wakes next by itself.</summary>
    TimeSpan NextWake { get; }

    /// <summary>Whether it heard that firmware waits for it, since it was asked last.</summary>
    bool TakeFirmwareNotice();

    /// <summary>The device is in a network and, where it has a certificate, holds the link key: it may begin.</summary>
    /// <param name="now">The time.</param>
    void Begin(TimeSpan now);

    /// <summary>The device is in no network any more.</summary>
    void End();

    /// <summary>Does what is due.</summary>
    /// <param name="now">The time.</param>
    /// <returns>What goes to the trust centre.</returns>
    IReadOnlyList<HanMessage> Advance(TimeSpan now);

    /// <summary>Takes a frame for the application endpoint.</summary>
    /// <param name="aps">Its addressing.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="now">The time.</param>
    /// <returns>What goes back.</returns>
    IReadOnlyList<HanMessage> Take(EmberApsFrame aps, byte[] frame, TimeSpan now);

    /// <summary>Another firmware runs.</summary>
    /// <param name="version">Its version.</param>
    void RunFirmware(string version);

    /// <summary>An image that was fetched is not taken.</summary>
    void RefuseFirmware()
    {
    }

    /// <summary>What its display shows, line by line; nothing without one.</summary>
    IReadOnlyList<string> DisplayLines => [];

    /// <summary>Somebody presses a button.</summary>
    /// <param name="button">The button.</param>
    /// <returns>What goes to the trust centre; null when the device has no such button, or it does nothing now.</returns>
    IReadOnlyList<HanMessage>? Press(HanButton button) => null;

    /// <summary>Somebody types in digits.</summary>
    /// <param name="digits">The digits.</param>
    /// <returns>What goes to the trust centre; null when the device does not take them.</returns>
    IReadOnlyList<HanMessage>? Enter(string digits) => null;
}
