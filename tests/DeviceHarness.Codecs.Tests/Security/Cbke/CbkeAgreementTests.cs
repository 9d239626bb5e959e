using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;
using DeviceHarness.Codecs.Tests.Security.Curves;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security.Cbke;

public sealed class CbkeAgreementTests
{
    private const int Seed = 20_261_123;

    private static readonly BinaryCurve Curve = BinaryCurve.Sect163k1;

    [Fact]
    public void An_ephemeral_key_that_is_the_static_one_is_refused()
    {
        using CurvePrivateKey own = Key(1);
        using CurvePrivateKey ephemeral = Key(2);
        CurvePoint peer = Key(3).PublicPoint();

        bool isAgreed = CbkeAgreement.TryAgree(own, ephemeral, peer, peer, out CbkeKeys? keys);

        isAgreed.Should().BeFalse();
        keys.Should().BeNull();
    }

    [Fact]
    public void Keys_of_infinity_are_refused()
    {
        using CurvePrivateKey own = Key(1);
        using CurvePrivateKey ephemeral = Key(2);
        CurvePoint peer = Key(3).PublicPoint();
        CurvePoint infinity = Curve.MultiplyByOrder(peer);

        CbkeAgreement.TryAgree(own, ephemeral, infinity, peer, out _).Should().BeFalse();
        CbkeAgreement.TryAgree(own, ephemeral, peer, infinity, out _).Should().BeFalse();
    }

    [Fact]
    public void Keys_of_two_curves_are_refused()
    {
        using CurvePrivateKey own = Key(1);
        using CurvePrivateKey ephemeral = Key(2);

        Action act = () => CbkeAgreement.TryAgree(own, ephemeral, BinaryCurve.Sect283k1.Generator, Curve.Generator, out _);

        act.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Erased_keys_make_no_mac_and_show_nothing()
    {
        using CurvePrivateKey own = Key(1);
        using CurvePrivateKey ephemeral = Key(2);
        CurvePoint peer = Key(3).PublicPoint();
        CurvePoint peerEphemeral = Key(4).PublicPoint();
        CbkeParties parties = new(1, 2, ephemeral.PublicPoint(), peerEphemeral);
        CbkeAgreement.TryAgree(own, ephemeral, peer, peerEphemeral, out CbkeKeys? keys).Should().BeTrue();

        keys!.Dispose();
        Action confirm = () => keys.Confirm(parties, byInitiator: true, new byte[16]);
        Action linkKey = () => keys.LinkKey();

        confirm.Should().Throw<ObjectDisposedException>();
        linkKey.Should().Throw<ObjectDisposedException>();
        keys.ToString().Should().Be("keys of an exchange, not shown");
    }

    private static CurvePrivateKey Key(int number) => CurvePrivateKey.Generate(Curve, SeededOctets.Of(Seed + number));
}
