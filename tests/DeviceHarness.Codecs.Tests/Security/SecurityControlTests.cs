using DeviceHarness.Codecs.Security;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security;

public sealed class SecurityControlTests
{
    [Theory]
    [InlineData(0x10, SecuritySuite.Suite0, SecurityProtection.Authenticated, false, false, "10 suite 0, authenticated")]
    [InlineData(0x20, SecuritySuite.Suite0, SecurityProtection.Encrypted, false, false, "20 suite 0, encrypted")]
    [InlineData(0x31, SecuritySuite.Suite1, SecurityProtection.AuthenticatedEncrypted, false, false,
        "31 suite 1, authenticated, encrypted")]
    [InlineData(0x72, SecuritySuite.Suite2, SecurityProtection.AuthenticatedEncrypted, true, false,
        "72 suite 2, authenticated, encrypted, broadcast key")]
    [InlineData(0x80, SecuritySuite.Suite0, SecurityProtection.None, false, true, "80 suite 0, compressed")]
    public void Each_bit_has_its_meaning(
        byte octet, SecuritySuite suite, SecurityProtection protection, bool isBroadcast, bool isCompressed, string text)
    {
        SecurityControl control = new(octet);

        control.Suite.Should().Be(suite);
        control.Protection.Should().Be(protection);
        control.IsAuthenticated.Should().Be(protection.HasFlag(SecurityProtection.Authenticated));
        control.IsEncrypted.Should().Be(protection.HasFlag(SecurityProtection.Encrypted));
        control.IsBroadcast.Should().Be(isBroadcast);
        control.IsCompressed.Should().Be(isCompressed);
        control.ToString().Should().Be(text);
        if (!isCompressed)
        {
            SecurityControl.Create(suite, protection, isBroadcast).Should().Be(control);
        }
    }
}
