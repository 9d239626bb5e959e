namespace DeviceHarness.Duis.Service;

/// <summary>One row of the table of checks.</summary>
/// <param name="Name">A stable name, such as <c>device-status</c>.</param>
/// <param name="ResponseCode">The code of a refusal; empty when this row never refuses.</param>
/// <param name="What">What is checked, or why nothing is.</param>
public sealed record ServiceCheck(string Name, string ResponseCode, string What)
{
    /// <summary>Says what is wrong with a request, or null when nothing is; null itself when this row is not checked.</summary>
    public Func<CheckContext, string?>? Finds { get; init; }

    /// <summary>Whether <see cref="ResponseCode"/> is an assumption of this harness and not from a public source.</summary>
    public bool CodeAssumed { get; init; }

    /// <summary>Whether this harness checks it.</summary>
    public bool IsChecked => Finds is not null;
}

/// <summary>Why a request was refused.</summary>
/// <param name="Check">The row that refused it.</param>
/// <param name="Detail">What was found and what is allowed.</param>
public sealed record CheckFailure(ServiceCheck Check, string Detail);
