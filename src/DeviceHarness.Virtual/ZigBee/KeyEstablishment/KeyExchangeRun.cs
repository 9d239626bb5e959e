using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Virtual.ZigBee.KeyEstablishment;

/// <summary>One exchange as it goes on. What is secret in it is erased with it.</summary>
internal sealed class KeyExchangeRun : IDisposable
{
    public KeyExchangeRun(ulong partner, bool isInitiator)
    {
        Partner = partner;
        IsInitiator = isInitiator;
    }

    public ulong Partner { get; }

    public bool IsInitiator { get; }

    /// <summary>The command that comes next.</summary>
    public byte Expected { get; set; }

    /// <summary>When the partner has been silent for too long.</summary>
    public TimeSpan Deadline { get; set; }

    public byte PartnerEphemeralSeconds { get; set; }

    public byte PartnerConfirmSeconds { get; set; }

    public ulong PartnerSubject { get; set; }

    public CurvePoint? PartnerPublic { get; set; }

    public CurvePrivateKey? OwnEphemeral { get; set; }

    public CbkeKeys? Keys { get; private set; }

    public CbkeParties? Parties { get; private set; }

    /// <summary>Computes the keys; false when the partner's are not to be used.</summary>
    public bool Agree(KeyExchangeOptions options, CurvePoint partnerEphemeral)
    {
        CurvePoint own = OwnEphemeral!.PublicPoint();
        ulong ownName = options.Identity.Certificate.Subject;
        Parties = IsInitiator
            ? new CbkeParties(ownName, PartnerSubject, own, partnerEphemeral)
            : new CbkeParties(PartnerSubject, ownName, partnerEphemeral, own);
        bool isAgreed = CbkeAgreement.TryAgree(
            options.Identity.PrivateKey, OwnEphemeral, PartnerPublic!, partnerEphemeral, out CbkeKeys? keys);
        Keys = keys;
        return isAgreed;
    }

    public void Dispose()
    {
        OwnEphemeral?.Dispose();
        Keys?.Dispose();
    }
}
