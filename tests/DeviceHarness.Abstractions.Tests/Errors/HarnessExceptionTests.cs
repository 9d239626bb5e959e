using DeviceHarness.Abstractions.Errors;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Abstractions.Tests.Errors;

public sealed class HarnessExceptionTests
{
    public static TheoryData<HarnessException, bool, string> Kinds => new()
    {
        { new LocalProtocolException("A-1", "cannot send", "NDM", "I"), false, "cannot send (state NDM, attempted I)" },
        { new RemoteProtocolException("A-2", "a bad frame", new byte[] { 1 }), true, "a bad frame" },
        { new DeviceRefusedException("A-3", "SET refused", 3, "read-write-denied"), false, "SET refused: read-write-denied (3)" },
        {
            new AssociationRefusedException("A-4", "association", 13, "authentication-failure", "LLS"), false,
            "association, mechanism LLS: authentication-failure (13)"
        },
        { new TransportException("A-5", "the port is gone", "esme-01"), true, "the port is gone" },
        {
            new LinkTimeoutException("A-6", "connecting esme-01", "UA", TimeSpan.FromMilliseconds(1500), 3), true,
            "connecting esme-01: no UA in 1500 ms, 3 attempts"
        },
        {
            new ConfigurationException("A-7", "rig.yaml", 3, 7, "rig", "'x'", "a name"), false,
            "rig.yaml:3:7: rig: found 'x'; allowed: a name"
        },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_says_what_happened_and_whether_repeating_may_help(HarnessException exception, bool isTransient, string message)
    {
        exception.Message.Should().Be(message);
        exception.IsTransient.Should().Be(isTransient);
        exception.Code.Should().StartWith("A-");
    }
}
