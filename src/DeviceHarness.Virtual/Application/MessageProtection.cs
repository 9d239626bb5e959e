using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Application;

/// <summary>Opens what a client protected, and protects the answer in the form in which the request came.</summary>
/// <remarks>Spec: IEC 62056-5-3, protected xDLMS APDUs, as the domain guide gives them. An answer is protected as its request was, and at
/// least as the policy wants; an exception response goes in clear. After a refusal the association goes on.</remarks>
internal sealed class MessageProtection(ICosemHost meter, ApplicationAssociation association, CommandRecorder recorder)
{
    private readonly byte[] _opened = new byte[Math.Max(association.ReceiveOctets, GeneralBlockService.MaximumApduOctets)];
    private readonly byte[] _sealed = new byte[GetService.MaximumListOctets + SecurityContext.MaximumOverheadOctets];
    private CipheringForm _form;
    private SecurityContext? _openedWith;

    private SecurityContext? Context => association.Client is { IsCiphered: true } client ? meter.Security.Of(client).Context : null;

    /// <summary>Whether a request of the association may come in clear.</summary>
    public bool AllowsClear => Context is null || meter.Model.Security.Policy.Request == SecurityProtection.None;

    /// <summary>Opens a protected APDU.</summary>
    /// <param name="apdu">The APDU, of any wrapper.</param>
    /// <param name="clear">The APDU in it; valid until the next.</param>
    /// <param name="refusal">What to answer when it is not opened.</param>
    public bool TryOpen(ReadOnlySpan<byte> apdu, out ReadOnlyMemory<byte> clear, out ReadOnlyMemory<byte> refusal)
    {
        clear = default;
        refusal = default;
        _openedWith = null;
        if (Context is not SecurityContext context)
        {
            refusal = ServiceRefusals.NotSupported;
            return false;
        }

        OperationStatus status = context.Open(apdu, _opened, out OpenedApdu opened, out SecurityFault fault);
        if (status != OperationStatus.Done || opened.ConsumedOctets != apdu.Length)
        {
            refusal = Refuse(status == OperationStatus.Done ? new(SecurityFaultKind.Malformed) : fault);
            return false;
        }

        _form = opened.Form;
        _openedWith = context;
        context.Protection = opened.Control.Protection | meter.Model.Security.Policy.Response;
        clear = _opened.AsMemory(0, opened.Apdu.Length);
        meter.Security.Keep();
        return true;
    }

    /// <summary>Protects the answer to the last APDU that was opened, also one that ends the association.</summary>
    /// <param name="answer">The answer in clear; empty when there is none.</param>
    /// <param name="isService">Whether it answers a service, not a proof.</param>
    public ReadOnlyMemory<byte> Seal(ReadOnlyMemory<byte> answer, bool isService)
    {
        if (answer.IsEmpty || answer.Span[0] == (byte)ApduTag.ExceptionResponse || _openedWith is not SecurityContext context)
        {
            return answer;
        }

        OperationStatus status = context.Seal(_form, answer.Span, _sealed, out int octets, out _);
        if (status != OperationStatus.Done)
        {
            // No counter is left: what cannot be protected is not told.
            return ServiceRefusals.NotAllowed;
        }

        bool isTagged = (context.Protection & SecurityProtection.Authenticated) != 0;
        if (isService && isTagged && meter.Has(EsmeDefects.WrongTag))
        {
            _sealed[octets - 1] ^= 0xFF;
        }

        return _sealed.AsMemory(0, octets);
    }

    private ReadOnlyMemory<byte> Refuse(SecurityFault fault)
    {
        recorder.NotAuthenticated();
        return fault.Kind switch
        {
            SecurityFaultKind.CounterRepeated or SecurityFaultKind.CounterLowered => ServiceRefusals.Counter((uint)fault.Expected),
            SecurityFaultKind.ProtectionTooWeak => ServiceRefusals.NotAllowed,
            SecurityFaultKind.Malformed => ServiceRefusals.Malformed,
            SecurityFaultKind.WrapperNotSupported or SecurityFaultKind.CompressionNotSupported or SecurityFaultKind.KeyMissing =>
                ServiceRefusals.NotSupported,
            _ => ServiceRefusals.Undecipherable,
        };
    }
}
