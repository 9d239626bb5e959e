using System.Text.Json.Nodes;
using Grpc.Core;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>Reads what a <see cref="PeerClient"/> saw of a call.</summary>
internal static class PeerAnswer
{
    /// <summary>The status.</summary>
    public static StatusCode Code(JsonNode answer) => (StatusCode)answer["code"]!.GetValue<int>();

    /// <summary>How many messages came; -1 when they were not in order.</summary>
    public static int CountInOrder(JsonNode answer) => answer["inOrder"]!.GetValue<bool>() ? answer["count"]!.GetValue<int>() : -1;

    /// <summary>The values of a name among the headers or trailers.</summary>
    public static IEnumerable<string> Values(JsonNode answer, string part, string name) =>
        answer[part]![name]!.AsArray().Select(value => value!.GetValue<string>());
}
