using System.Collections.Frozen;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Steps;

/// <summary>A value of an answer that later steps use as <c>${name}</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Path">A path of the response body, or one of <see cref="Keywords"/>; of a step in C# the name that its kind gives
/// it.</param>
public sealed record Capture(string Name, string Path)
{
    private const string Started = "started";
    private const string Acknowledgement = "acknowledgement";
    private const string Response = "response";

    /// <summary>What can be captured beside the values of a body: the time at which the request was sent, and the two codes.</summary>
    public static IReadOnlySet<string> Keywords { get; } = new[] { Started, Acknowledgement, Response }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Finds the value.</summary>
    /// <returns>The value, or null when the answer does not hold it.</returns>
    public string? Find(ServiceExchange exchange, DateTimeOffset started) => Path switch
    {
        Started => Quantity.Write(started),
        Acknowledgement => exchange.Acknowledgement.ResponseCode,
        Response => exchange.Response?.ResponseCode,
        _ => exchange.Response?.Body?.Values.GetValueOrDefault(Path),
    };
}
