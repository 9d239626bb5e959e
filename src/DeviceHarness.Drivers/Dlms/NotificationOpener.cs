using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Links;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>Opens what a device sent unasked, in the order in which it was sent: its invocation counter rises over answers and
/// notifications alike, so that one opened too late would be refused.</summary>
internal sealed class NotificationOpener(NotificationInbox inbox)
{
    private readonly Queue<ReceivedNotification> _opened = new();

    /// <summary>Finds what protects notifications while no association is open, which a new key replaces; null where the device protects
    /// none.</summary>
    internal Func<SecurityContext?> Resting { get; set; } = static () => null;

    /// <summary>Takes in what came before the answer of the present exchange, or before any.</summary>
    internal void TakeBeforeAnswer(SecurityContext? context)
    {
        while (inbox.TryTakeBeforeAnswer(out LinkNotification notification))
        {
            Keep(notification, context);
        }
    }

    /// <summary>Takes in everything that came.</summary>
    internal void TakeAll(SecurityContext? context)
    {
        while (inbox.TryTake(out LinkNotification notification))
        {
            Keep(notification, context);
        }
    }

    /// <summary>Takes out the oldest.</summary>
    internal bool TryTake(out ReceivedNotification notification) => _opened.TryDequeue(out notification);

    private void Keep(in LinkNotification notification, SecurityContext? context)
    {
        if (_opened.Count == NotificationInbox.Capacity)
        {
            _ = _opened.Dequeue();
        }

        _opened.Enqueue(Open(notification.Apdu, context ?? Resting()));
    }

    private static ReceivedNotification Open(ReadOnlyMemory<byte> apdu, SecurityContext? context)
    {
        if (!CipheredApdu.IsCiphered(apdu.Span[0]))
        {
            return new ReceivedNotification(apdu, apdu, string.Empty);
        }

        if (context is null)
        {
            return new ReceivedNotification(apdu, default, "protected, and no key is known for this device");
        }

        byte[] clear = new byte[apdu.Length];
        return context.Open(apdu.Span, clear, out OpenedApdu opened, out SecurityFault fault) == OperationStatus.Done
            ? new ReceivedNotification(apdu, clear.AsMemory(0, opened.Apdu.Length), string.Empty)
            : new ReceivedNotification(apdu, default, $"protected, and fails a check of security: {fault}");
    }
}
