using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;

namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>What a device tells unasked, as notifications: published events and alarms. Reports of values are none.</summary>
/// <remarks>Spec: ZigBee Smart Energy, Events, PublishEvent; ZigBee Cluster Library, Alarms, as this harness's ZigBee guide 8.8 sums them
/// up. Bounded: the oldest goes for a new one.</remarks>
internal sealed class SmartEnergyAlerts(ulong eui64, SmartEnergyProfile profile) : IHanObserver
{
    /// <summary>The most notifications that wait.</summary>
    internal const int Capacity = 64;

    private readonly Lock _gate = new();
    private readonly Queue<DeviceNotification> _waiting = new();

    /// <inheritdoc/>
    public void Told(HanEvent told)
    {
        if (told is HanMessageHeard { Message: { Header.Type: ZclFrameType.Cluster } message } && message.Eui64 == eui64
            && NotificationOf(message) is { } notification)
        {
            lock (_gate)
            {
                if (_waiting.Count == Capacity)
                {
                    _waiting.Dequeue();
                }

                _waiting.Enqueue(notification);
            }
        }
    }

    /// <summary>Takes out the oldest.</summary>
    internal bool TryTake([NotNullWhen(true)] out DeviceNotification? notification)
    {
        lock (_gate)
        {
            return _waiting.TryDequeue(out notification);
        }
    }

    private DeviceNotification? NotificationOf(HanMessage message)
    {
        bool isEvent = message.Cluster == ClusterCatalogue.Events.Id && message.Definition?.Name == "PublishEvent";
        if (!isEvent && message.Cluster != ClusterCatalogue.Alarms.Id)
        {
            return null;
        }

        if (message.Content is not { } content)
        {
            return new DeviceNotification(string.Empty, null, message.Frame, $"an alert that is malformed: {message.Fault}");
        }

        if (!isEvent)
        {
            return new DeviceNotification(string.Empty, null, message.Frame, message.Definition?.Name ?? "an alarm");
        }

        ushort number = (ushort)content.Number("event_id");
        DateTimeOffset? at = ZclTime.ToMoment((uint)content.Number("event_time"));
        string code = profile.EventCodes.GetValueOrDefault(number, string.Empty);
        return new DeviceNotification(code, at, message.Frame, $"event {number:X4} of log {content.Number("log_id")}");
    }
}
