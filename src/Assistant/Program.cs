Console.WriteLine("pai");
