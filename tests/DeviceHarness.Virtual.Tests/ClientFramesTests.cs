using DeviceHarness.TestKit;
using Xunit;

namespace DeviceHarness.Virtual.Tests;

public sealed class ClientFramesTests
{
    [Fact]
    public void Composed_frames_are_those_of_real_clients()
    {
        ClientFrames.Snrm().ShouldBeHex("7E A0 07 03 21 93 0F 01 7E");
        ClientFrames.Disc().ShouldBeHex("7E A0 07 03 21 53 03 C7 7E");
        ClientFrames.ReceiveReady(1).ShouldBeHex("7E A0 07 03 21 31 17 87 7E");
        ClientFrames.Information(0, 0, "E6E600601DA109060760857405080101BE10040E01000000065F1F0400001E1DFFFF")
            .ShouldBeHex("7EA02B032110FBAFE6E600601DA109060760857405080101BE10040E01000000065F1F0400001E1DFFFFC5E47E");
    }
}
