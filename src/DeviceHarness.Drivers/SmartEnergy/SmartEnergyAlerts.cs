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
    private const byte Alarm = 0x00;

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
        bool isAlarm = message.Cluster == ClusterCatalogue.Alarms.Id && message.Header is { From: ZclSide.Server, Command: Alarm };
        if (!isEvent && !isAlarm)
        {
            return null;
        }

        return message.Content is not { } content
            ? new DeviceNotification(string.Empty, null, message.Frame, $"an alert that is malformed: {message.Fault}")
            : isEvent ? OfEvent(message, content) : OfAlarm(message, content);
    }

    private DeviceNotification OfEvent(HanMessage message, MessageContent content)
    {
        ushort number = (ushort)content.Number("event_id");
        DateTimeOffset? at = ZclTime.ToMoment((uint)content.Number("event_time"));
        return new DeviceNotification(profile.CodeOf(number), at, message.Frame, $"event {number:X4} of log {content.Number("log_id")}")
        {
            ClockStatus = at is null ? "invalid" : string.Empty,
        };
    }

    // An alarm has no time of its own.
    private DeviceNotification OfAlarm(HanMessage message, MessageContent content)
    {
        byte number = (byte)content.Number("alarm_code");
        ushort cluster = (ushort)content.Number("cluster");
        string code = cluster == ClusterCatalogue.Metering.Id ? profile.AlarmCodes.GetValueOrDefault(number, string.Empty) : string.Empty;
        return new DeviceNotification(code, null, message.Frame, $"alarm {number:X2} of cluster {cluster:X4}");
    }
}
