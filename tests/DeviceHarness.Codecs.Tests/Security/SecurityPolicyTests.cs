using DeviceHarness.Codecs.Security;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security;

public sealed class SecurityPolicyTests
{
    [Theory]
    [InlineData(0, 0, SecurityProtection.None, SecurityProtection.None)]
    [InlineData(0, 1, SecurityProtection.Authenticated, SecurityProtection.Authenticated)]
    [InlineData(0, 2, SecurityProtection.Encrypted, SecurityProtection.Encrypted)]
    [InlineData(0, 3, SecurityProtection.AuthenticatedEncrypted, SecurityProtection.AuthenticatedEncrypted)]
    [InlineData(1, 0x04, SecurityProtection.Authenticated, SecurityProtection.None)]
    [InlineData(1, 0x08, SecurityProtection.Encrypted, SecurityProtection.None)]
    [InlineData(1, 0x6C, SecurityProtection.AuthenticatedEncrypted, SecurityProtection.AuthenticatedEncrypted)]
    [InlineData(1, 0x20, SecurityProtection.None, SecurityProtection.Authenticated)]
    public void A_policy_says_what_requests_and_responses_need(
        int version, byte octet, SecurityProtection request, SecurityProtection response)
    {
        SecurityPolicy policy = new(octet, version);

        policy.IsSupported.Should().BeTrue();
        policy.Request.Should().Be(request);
        policy.Response.Should().Be(response);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 0x10)]
    [InlineData(1, 0x80)]
    [InlineData(1, 0x01)]
    public void Signatures_and_unknown_values_are_not_supported(int version, byte octet) =>
        new SecurityPolicy(octet, version).IsSupported.Should().BeFalse();
}
