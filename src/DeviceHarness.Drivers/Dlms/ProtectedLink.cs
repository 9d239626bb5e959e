using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Links;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>Protects what goes over a link and opens what comes back, once an association has a security context.</summary>
/// <param name="link">What carries APDUs.</param>
/// <param name="inbox">What the device sends unasked; null where nobody takes that in.</param>
internal sealed class ProtectedLink(IApduLink link, NotificationInbox? inbox) : IApduLink
{
    private readonly byte[] _sealed = new byte[DlmsClient.MaximumRequestOctets + SecurityContext.MaximumOverheadOctets];
    private readonly NotificationOpener? _notifications = inbox is null ? null : new NotificationOpener(inbox);
    private byte[] _opened = [];
    private SecurityContext? _context;

    public string Port => link.Port;

    /// <summary>Whether APDUs are protected.</summary>
    internal bool IsProtected => _context is not null;

    /// <summary>The wrapper of what is sent.</summary>
    internal CipheringForm Form { get; set; }

    /// <summary>Opens what the device sends unasked while no association is open; null where it protects nothing.</summary>
    internal void UseAtRest(Func<SecurityContext?> context)
    {
        if (_notifications is not null)
        {
            _notifications.Resting = context;
        }
    }

    /// <summary>Whether the device has shown that it holds the keys: from then on a wrong tag is a breach, not a wrong key.</summary>
    internal bool IsProven { get; set; }

    /// <summary>Protects from the next APDU on; null ends it.</summary>
    internal void Use(SecurityContext? context)
    {
        _context = context;
        Form = CipheringForm.ServiceSpecificGlobal;
        IsProven = false;
    }

    public async ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken)
    {
        _notifications?.TakeAll(_context);
        if (_context is not { } context)
        {
            return await link.ExchangeAsync(apdu, cancellationToken).ConfigureAwait(false);
        }

        int octets = Seal(context, apdu.Span);
        ReadOnlyMemory<byte> answer = await link.ExchangeAsync(_sealed.AsMemory(0, octets), cancellationToken).ConfigureAwait(false);
        _notifications?.TakeBeforeAnswer(context);
        return Open(context, answer);
    }

    /// <summary>Takes out the oldest of what the device sent unasked.</summary>
    internal bool TryTakeNotification(out ReceivedNotification notification)
    {
        notification = default;
        _notifications?.TakeAll(_context);
        return _notifications is not null && _notifications.TryTake(out notification);
    }

    private int Seal(SecurityContext context, ReadOnlySpan<byte> apdu) =>
        context.Seal(Form, apdu, _sealed, out int octets, out SecurityFault fault) == OperationStatus.Done
            ? octets
            : throw DlmsAssociationAnswers.Insecure($"{Port}: ciphering", fault, default, IsProven);

    private ReadOnlyMemory<byte> Open(SecurityContext context, ReadOnlyMemory<byte> answer)
    {
        bool isRefusalInClear = !answer.IsEmpty
            && (ApduTag)answer.Span[0] is ApduTag.ExceptionResponse or ApduTag.ConfirmedServiceError;
        if (isRefusalInClear)
        {
            // A device that cannot decipher, or has no association, has no key to protect its refusal with.
            return answer;
        }

        if (_opened.Length < answer.Length)
        {
            _opened = new byte[answer.Length];
        }

        return context.Open(answer.Span, _opened, out OpenedApdu opened, out SecurityFault fault) == OperationStatus.Done
            ? _opened.AsMemory(0, opened.Apdu.Length)
            : throw DlmsAssociationAnswers.Insecure($"{Port}: deciphering", fault, answer, IsProven);
    }
}
