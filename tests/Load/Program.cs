using System.Text.Json;
using Teleprompter.Tests.Load;

var options = LoadOptions.Parse(args);
switch (options?.Command)
{
    case "cards":
        Write(await CardsLoad.Run(options.Calls, options.TurnEvery, options.Duration));
        return 0;
    case "idle":
        Write(await IdleLoad.Run(options.Connections));
        return 0;
    case "model":
        var model = await ModelLoad.Run(options.Calls, options.TurnEvery, options.Duration);
        Write(model);
        return model.Held == 0 ? 0 : 1;
    case "cancel":
        Write(await CancelLoad.Run(options.Calls, options.Duration));
        return 0;
    case "queue":
        Write(await QueueLoad.Run(options.Calls));
        return 0;
    case "torrent":
        Write(await TorrentLoad.Run(options.Calls, options.TurnEvery, options.Duration));
        return 0;
    case "faults":
        Write(await FaultsLoad.Run(options.Calls, options.TurnEvery, options.Duration));
        return 0;
    case "echo":
        await EchoServer.Run();
        return 0;
    default:
        Console.Error.WriteLine(LoadOptions.Usage);
        return 2;
}

void Write<T>(T report) => Console.WriteLine(options.Json ? JsonSerializer.Serialize(report, LoadJson.Options) : report);
